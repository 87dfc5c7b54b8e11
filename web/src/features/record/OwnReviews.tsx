import { prefixOf } from '~/i18n/languages';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { FileButton } from './FileButton';
import { openings } from './files';
import { messages } from './messages';

/** Lets a team check that its reviews are those that were locked. */
export default function OwnReviews({ entry, reference }: { entry: string; reference: string }) {
  const t = useMessages(messages);
  const language = useLanguage();
  return (
    <section class="section" aria-labelledby="own-reviews">
      <h2 id="own-reviews">{t('own')}</h2>
      <p>
        {t('own.text')}
        <a href={`${prefixOf(language)}/verify`}>{t('verify.page')}</a>
      </p>
      <FileButton label={t('own.get')} name={`reviews-${reference}.json`} fetch={() => openings(entry)} />
    </section>
  );
}
