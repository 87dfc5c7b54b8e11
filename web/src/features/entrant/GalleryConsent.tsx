import { useState } from 'preact/hooks';
import { ProblemError } from '~/api/problem';
import { Checkbox } from '~/components/Checkbox';
import { LinkButton } from '~/components/LinkButton';
import { Tag } from '~/components/Tag';
import { When } from '~/components/When';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { setConsent, useConsent } from './api';
import { messages } from './messages';

/** Where a team agrees to be shown in the gallery, and takes it back. No answer is no. */
export function GalleryConsent({ entry }: { entry: string }) {
  const t = useMessages(messages);
  const { data } = useConsent(entry);
  const [error, setError] = useState('');
  const [wanted, setWanted] = useState<boolean>();
  if (!data) return null;
  const agreed = wanted ?? data.agreed;
  const answer = async (yes: boolean) => {
    setWanted(yes);
    setError('');
    try {
      await setConsent(entry, yes);
      showToast(t(yes ? 'gallery.yes' : 'gallery.no'));
    } catch (failure) {
      setError(failure instanceof ProblemError ? failure.message : t('failed'));
    } finally {
      setWanted(undefined);
    }
  };
  return (
    <section class="section" aria-labelledby="gallery">
      <h2 id="gallery">{t('gallery.title')}</h2>
      <p>{t('gallery.text')}</p>
      {data.mayAnswer ? (
        <Checkbox
          name="gallery"
          label={t('gallery.agree')}
          bare
          checked={agreed}
          onChecked={(yes) => void answer(yes)}
          error={error || undefined}
        />
      ) : (
        <p>
          <Tag>{t(data.agreed ? 'gallery.state.yes' : 'gallery.state.no')}</Tag>{' '}
          <span class="muted">{t('gallery.owners')}</span>
        </p>
      )}
      {data.answeredAt ? (
        <p class="small muted">
          {data.answeredBy ? t('gallery.by', { name: data.answeredBy }) : null}{' '}
          <When at={data.answeredAt} short />
        </p>
      ) : null}
      {data.agreed && data.public ? (
        <p>
          <LinkButton href={`/contests/${data.contest}/gallery`} kind="outline">
            {t('gallery.see')}
          </LinkButton>
        </p>
      ) : null}
    </section>
  );
}
