import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { Markdown } from '~/components/Markdown';

/** A long answer as jurors read it: Markdown that keeps every line break. Until it is here, what was typed. */
export default function LongAnswer({ value, lang }: { value: string; lang?: string }) {
  const { data } = useQuery({
    queryKey: ['long-answer', value],
    queryFn: () => ok(api.POST('/markdown', { body: { text: value.replaceAll('\n', '  \n') } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (data) {
    return (
      <div dir="auto" lang={lang}>
        <Markdown html={data.html} />
      </div>
    );
  }
  return (
    <p class="answer-text" dir="auto" lang={lang}>
      {value}
    </p>
  );
}
