import type { Translate } from '~/i18n/use-messages';
import type en from './messages/en.json';

type T = Translate<keyof typeof en>;

/** Faults of an address as typed; the server looks closer. */
export function emailFault(value: string, t: T): string | undefined {
  if (!value.trim()) return t('email.missing');
  return /^\S+@\S+\.\S+$/.test(value.trim()) ? undefined : t('email.malformed');
}

/** Faults of a new password as typed; whether it is a common one only the server knows. */
export function newPasswordFault(value: string, t: T): string | undefined {
  if (!value) return t('password.missing');
  return [...value].length < 8 ? t('password.short') : undefined;
}
