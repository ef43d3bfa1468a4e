import { labelOf } from '../domain/labels.ts'
import type { MethodKind } from '../domain/payouts/methodKinds.ts'
import type { Fact } from './email/emailParts.ts'
import { inLocale, type Translations } from './locale.ts'

type Shared = {
  reference: string
  amount: string
  fromWallet: string
  fee: string
  deduction: string
  net: string
  method: string
  account: string
  bankReference: string
  returned: string
  debited: string
  reason: string
  advice: string
  methods: Record<MethodKind, string>
  notYou: string
}

const TEXTS: Translations<Shared> = {
  en: {
    reference: 'Reference',
    amount: 'Amount',
    fromWallet: 'From your wallet',
    fee: 'Fee',
    deduction: 'Deduction',
    net: 'You receive',
    method: 'Method',
    account: 'Account',
    bankReference: 'Bank reference',
    returned: 'Back in your wallet',
    debited: 'Taken out of your wallet',
    reason: 'Reason',
    advice: 'What you can do',
    methods: {
      upi: 'UPI',
      'bank-in': 'Bank account',
      iban: 'Bank account (IBAN)',
      paypal: 'PayPal',
      'gift-card': 'Gift card',
    },
    notYou: 'If you did not request this withdrawal, change your password and contact us at once.',
  },
  hi: {
    reference: 'संदर्भ संख्या',
    amount: 'राशि',
    fromWallet: 'आपके वॉलेट से',
    fee: 'शुल्क',
    deduction: 'कटौती',
    net: 'आपको मिलने वाली राशि',
    method: 'तरीक़ा',
    account: 'खाता',
    bankReference: 'बैंक की संदर्भ संख्या',
    returned: 'आपके वॉलेट में वापस',
    debited: 'आपके वॉलेट से वापस लिया गया',
    reason: 'कारण',
    advice: 'आप क्या कर सकते हैं',
    methods: {
      upi: 'UPI',
      'bank-in': 'बैंक खाता',
      iban: 'बैंक खाता (IBAN)',
      paypal: 'PayPal',
      'gift-card': 'गिफ़्ट कार्ड',
    },
    notYou: 'अगर यह निकासी आपने नहीं माँगी थी, तो अपना पासवर्ड बदलें और हमें तुरंत बताएँ।',
  },
}

/** The texts that the messages about withdrawals share. */
export const withdrawalTexts = (locale: string): Shared => inLocale(TEXTS, locale)

/** The account that a withdrawal is paid to. A message never shows the whole account. */
export type MaskedMethod = {
  /** One of `METHOD_KINDS`; an unknown one is shown by its name. */
  method: string
  /** Masked, such as `•••• 6620`. */
  maskedAccount: string
}

/** Method and masked account, as an e-mail lists them. */
export const methodFacts = ({ maskedAccount, method }: MaskedMethod, locale: string): Fact[] => {
  const texts = withdrawalTexts(locale)
  const methods: Partial<Record<string, string>> = texts.methods
  return [
    [texts.method, methods[method] ?? labelOf(method)],
    [texts.account, maskedAccount],
  ]
}

/** Texts for the member, in the language in which they were stored. */
export type Explanation = { reason?: string | null; advice?: string | null }

/** The reason and the advice as an e-mail lists them, each if there is one. */
export const explanationFacts = ({ advice, reason }: Explanation, locale: string): Fact[] => {
  const texts = withdrawalTexts(locale)
  return [
    ...(reason ? [[texts.reason, reason] as Fact] : []),
    ...(advice ? [[texts.advice, advice] as Fact] : []),
  ]
}
