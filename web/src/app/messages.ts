import { catalogue } from '~/i18n/catalogue';
import type en from './messages/en.json';

/** Texts of the shell and the kit; always loaded. */
export const messages = catalogue<keyof typeof en>('app');
