import { memberPages } from '../memberPages.ts'
import { greet, sharedTexts } from '../sharedTexts.ts'
import type { EmailContent, TemplateContext } from '../types.ts'
import { composeEmail } from './composeEmail.ts'
import {
  emailButton,
  emailFacts,
  type Fact,
  factLines,
  heading,
  paragraph,
  smallPrint,
} from './emailParts.ts'

type Given = {
  /** Decides which page the button opens: the withdrawals, else the wallet. */
  category: 'cashback' | 'commissions' | 'withdrawals'
  name?: string | null | undefined
  subject: string
  /** What has happened, in a sentence. */
  event: string
  facts: Fact[]
  /** What comes next, or why. */
  note?: string
  /** In small print, below the button: what to do if the recipient did not cause this. */
  notYou?: string
}

/**
 * Composes an e-mail about the money of one order or withdrawal: what happened, the amounts, what
 * comes next.
 */
export const composeMoneyEmail = (
  { category, event, facts, name, note, notYou, subject }: Given,
  context: TemplateContext,
): EmailContent => {
  const hello = greet(name, context.locale)
  const { label, url } = findButton(category, context)
  return composeEmail({
    subject,
    preheader: event,
    body: [
      heading(subject),
      paragraph(hello),
      paragraph(event),
      emailFacts(facts),
      ...(note ? [paragraph(note)] : []),
      emailButton({ label, url }),
      ...(notYou ? [smallPrint(notYou)] : []),
    ],
    text: [
      hello,
      '',
      event,
      '',
      ...factLines(facts),
      '',
      ...(note ? [note, ''] : []),
      `${label}:`,
      url,
      ...(notYou ? ['', notYou] : []),
    ],
    category,
    context,
  })
}

const findButton = (category: Given['category'], { link, locale }: TemplateContext) => {
  const { viewWallet, viewWithdrawals } = sharedTexts(locale)
  return category === 'withdrawals'
    ? { label: viewWithdrawals, url: link(memberPages.withdrawals()) }
    : { label: viewWallet, url: link(memberPages.wallet()) }
}
