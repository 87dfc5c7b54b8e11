import { proved } from '~/features/prove/proved';
import { useMessages } from '~/i18n/use-messages';
import { FileButton } from './FileButton';
import { bundle } from './files';
import { messages } from './messages';

/** Gives a contest's auditor everything that the lock committed to. */
export default function AuditBundle({ challenge, slug }: { challenge: string; slug: string }) {
  const t = useMessages(messages);
  return (
    <section class="section" aria-labelledby="audit">
      <h2 id="audit">{t('audit')}</h2>
      <p>{t('audit.text')}</p>
      <pre class="record-note">{`fieldtrial verify audit-${slug}.json`}</pre>
      <FileButton
        label={t('audit.get')}
        name={`audit-${slug}.json`}
        fetch={() => proved(() => bundle(challenge))}
      />
    </section>
  );
}
