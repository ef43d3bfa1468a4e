import { inLocale, type Words } from './inLocale.ts'
import { oneLine } from './oneLine.ts'

type Shared = {
  hello: string
  viewWallet: string
  newBalance: string
  /** Before the address of a button, in full. */
  openInstead: string
}

const WORDS: Words<Shared> = {
  en: {
    hello: 'Hello',
    viewWallet: 'View wallet',
    newBalance: 'New balance',
    openInstead: 'If the button does not work, open this address in your browser:',
  },
  hi: {
    hello: 'नमस्ते',
    viewWallet: 'वॉलेट देखें',
    newBalance: 'नया बैलेंस',
    openInstead: 'अगर बटन काम न करे, तो यह पता अपने ब्राउज़र में खोलें:',
  },
}

/** What more than one template says. */
export const sharedWords = (locale: string): Shared => inLocale(WORDS, locale)

/** Members may have no name. */
export const greetingOf = (name: string | null | undefined, locale: string): string =>
  [sharedWords(locale).hello, oneLine(name ?? '')].filter(Boolean).join(' ') + ','
