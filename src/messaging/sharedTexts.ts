import { inLocale, type Translations } from './locale.ts'
import { toOneLine } from './toOneLine.ts'

type Shared = {
  hello: string
  viewWallet: string
  viewWithdrawals: string
  newBalance: string
  /** Precedes the full address of a button. */
  openInstead: string
}

const TEXTS: Translations<Shared> = {
  en: {
    hello: 'Hello',
    viewWallet: 'View wallet',
    viewWithdrawals: 'View withdrawals',
    newBalance: 'New balance',
    openInstead: 'If the button does not work, open this address in your browser:',
  },
  hi: {
    hello: 'नमस्ते',
    viewWallet: 'वॉलेट देखें',
    viewWithdrawals: 'निकासी देखें',
    newBalance: 'नया बैलेंस',
    openInstead: 'अगर बटन काम न करे, तो यह पता अपने ब्राउज़र में खोलें:',
  },
}

/** The texts that several templates use. */
export const sharedTexts = (locale: string): Shared => inLocale(TEXTS, locale)

/** A greeting with the member's name, if there is one. */
export const greet = (name: string | null | undefined, locale: string): string =>
  [sharedTexts(locale).hello, toOneLine(name ?? '')].filter(Boolean).join(' ') + ','
