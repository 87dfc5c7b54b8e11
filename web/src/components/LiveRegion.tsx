import { useEffect } from 'preact/hooks';
import { announcement } from '~/lib/live-region';
import { useStore } from '~/lib/store';
import { toast } from '~/lib/toast';

/** Shown once, by App: speaks what `announce` is given and shows what `showToast` is given. */
export function LiveRegion() {
  const spoken = useStore(announcement);
  const shown = useStore(toast);
  useEffect(() => {
    if (!shown) return;
    const timer = setTimeout(() => toast.set(''), 6000);
    return () => clearTimeout(timer);
  }, [shown]);
  return (
    <>
      <div class="visually-hidden" aria-live="polite">
        {spoken}
      </div>
      <div class="toast" role="status">
        {shown}
      </div>
    </>
  );
}
