import { useMessages } from '~/i18n/use-messages';
import { useRules } from './api';
import { messages } from './messages';
import { RulesView } from './RulesView';

/** On a challenge's page: that there is a pitch round for a shortlist, and by what rules. */
export default function PublicRules({ slug }: { slug: string }) {
  const t = useMessages(messages);
  const rules = useRules(slug).data;
  if (!rules?.held) return null;
  return (
    <section class="section" aria-labelledby="pitch">
      <h2 id="pitch">{t('title')}</h2>
      <RulesView rules={rules} />
    </section>
  );
}
