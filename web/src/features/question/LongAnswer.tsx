import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { Markdown } from '~/components/Markdown';

// Signs that mean something in Markdown: a text without them reads the same as it was typed.
const signs = /[*_`#[>~|]|^\s*(?:[-+]|\d+[.)])\s/m;

/** A long answer as jurors read it: Markdown that keeps every line break. Until it is here, what was typed. */
export function LongAnswer({ value, lang }: { value: string; lang?: string }) {
  const { data } = useQuery({
    queryKey: ['long-answer', value],
    queryFn: () => ok(api.POST('/markdown', { body: { text: value.replaceAll('\n', '  \n') } })),
    enabled: signs.test(value),
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
