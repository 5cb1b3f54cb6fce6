import { type Locale, type Texts, texts } from '../text.ts';
import { en, type UiCatalogue } from './en.ts';

const languages: Record<Locale, Texts<keyof UiCatalogue>> = { en: texts(en, 'en') };

/** The texts of the shared components in the reader's language. */
export const uiTexts = (locale: Locale): Texts<keyof UiCatalogue> => languages[locale];
