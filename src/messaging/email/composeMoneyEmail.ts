import { memberPages } from '../memberPages.ts'
import { greet, sharedTexts } from '../sharedTexts.ts'
import type { EmailContent, TemplateContext } from '../types.ts'
import { composeEmail } from './composeEmail.ts'
import { emailButton, emailFacts, type Fact, factLines, heading, paragraph } from './emailParts.ts'

type Given = {
  category: 'cashback' | 'commissions'
  name?: string | null | undefined
  subject: string
  /** What has happened, in a sentence. */
  event: string
  facts: Fact[]
  /** What comes next, or why. */
  note: string
}

/** Composes an e-mail about the money of one order: what happened, the amounts, what comes next. */
export const composeMoneyEmail = (
  { category, event, facts, name, note, subject }: Given,
  context: TemplateContext,
): EmailContent => {
  const hello = greet(name, context.locale)
  const { viewWallet: label } = sharedTexts(context.locale)
  const url = context.link(memberPages.wallet())
  return composeEmail({
    subject,
    preheader: event,
    body: [
      heading(subject),
      paragraph(hello),
      paragraph(event),
      emailFacts(facts),
      paragraph(note),
      emailButton({ label, url }),
    ],
    text: [hello, '', event, '', ...factLines(facts), '', note, '', `${label}:`, url],
    category,
    context,
  })
}
