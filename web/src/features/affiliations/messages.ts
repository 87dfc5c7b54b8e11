import { catalogue } from '~/i18n/catalogue';
import type en from './messages/en.json';

export const messages = catalogue<keyof typeof en>('affiliations');
