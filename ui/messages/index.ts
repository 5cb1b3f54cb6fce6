import { type PageLocale, type Texts, texts } from '../text.ts';
import { en, type UiCatalogue } from './en.ts';

const languages: Record<PageLocale, Texts<keyof UiCatalogue>> = { en: texts(en, 'en') };

/** The texts of the shared components in the reader's language. */
export const uiTexts = (locale: PageLocale): Texts<keyof UiCatalogue> => languages[locale];
