import { useEffect, useRef, useState } from 'preact/hooks';
import { lasting } from '~/lib/storage';

const place = 'ft.jury.keys';

export type Keys = {
  score: (digit: number | 'skip') => void;
  move: (step: 1 | -1) => void;
  submit: () => void;
  help: () => void;
};

/** Whether the cockpit's keys are on; off is kept in the browser. */
export function useKeySwitch(): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => lasting.get(place) !== 'off');
  return [
    on,
    (next) => {
      lasting.set(place, next ? 'on' : 'off');
      setOn(next);
    },
  ];
}

/** Digits, n, j, k, Ctrl+Enter and ?. Single keys are left alone while somebody types or a dialog is open. */
export function useKeys(on: boolean, keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    if (!on) return;
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return;
      const act = actOf(event, latest.current);
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [on]);
}

function actOf(event: KeyboardEvent, keys: Keys): (() => void) | undefined {
  const { key } = event;
  if ((event.ctrlKey || event.metaKey) && key === 'Enter') return keys.submit;
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return undefined;
  if (key === 'j') return () => keys.move(1);
  if (key === 'k') return () => keys.move(-1);
  if (key === 'n') return () => keys.score('skip');
  if (key === '?') return keys.help;
  if (/^\d$/.test(key)) return () => keys.score(Number(key));
  return undefined;
}

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return target.type !== 'radio' && target.type !== 'checkbox';
  return target.isContentEditable || /^(textarea|select|video)$/i.test(target.tagName);
}
