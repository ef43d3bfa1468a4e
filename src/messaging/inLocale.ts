import { type Locale } from './types.ts'

/** English is always there; a language may come later. */
export type Words<Shape> = { en: Shape } & Partial<Record<Locale, Shape>>

/** Words in a language; in English where there are none: a row may hold a later version's. */
export const inLocale = <Shape>(words: Words<Shape>, language: string): Shape =>
  Object.entries<Shape | undefined>(words).find(([name]) => name === language)?.[1] ?? words.en
