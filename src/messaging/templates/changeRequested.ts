import { composeEmail } from '../email/composeEmail.ts'
import { emailFacts, type Fact, factLines, heading, paragraph } from '../email/emailParts.ts'
import { formatInstant, inLocale, type Translations } from '../locale.ts'
import { greet } from '../sharedTexts.ts'
import type { Template } from '../types.ts'

type Data = {
  name?: string | null
  /** The person who requested it. */
  by: string
  /** The document that changes. */
  title: string
  lines: { label: string; from: string; to: string }[]
  /** ISO 8601; null where a second admin has to approve it. */
  takesEffectAt: string | null
}
type Text = {
  subject: (title: string) => string
  said: (by: string, title: string) => string
  waitsForTime: (at: string) => string
  waitsForPerson: string
}

const TEXTS: Translations<Text> = {
  en: {
    subject: (title) => `A change of ${title} waits`,
    said: (by, title) => `${by} wants to change ${title}:`,
    waitsForTime: (at) =>
      `It takes effect on ${at}. If you do not agree, speak to an admin before then, or reject it under “Changes” in the admin panel.`,
    waitsForPerson:
      'It takes effect when a second admin approves it under “Changes” in the admin panel.',
  },
  hi: {
    subject: (title) => `${title} में एक बदलाव प्रतीक्षा में है`,
    said: (by, title) => `${by} ${title} में यह बदलाव करना चाहते हैं:`,
    waitsForTime: (at) =>
      `यह ${at} से लागू होगा। अगर आप सहमत नहीं हैं, तो उससे पहले किसी एडमिन से बात करें, या एडमिन पैनल में “Changes” में इसे अस्वीकार करें।`,
    waitsForPerson: 'यह तब लागू होगा जब कोई दूसरा एडमिन एडमिन पैनल में “Changes” में इसे मंज़ूर करेगा।',
  },
}

/** To all staff: a change that could make money waits. */
export const changeRequested: Template<Data> = {
  name: 'change-requested',
  category: 'security',
  lane: 'money',
  sample: {
    name: 'Asha Rao',
    by: 'Meera Nair',
    title: 'Finance config',
    lines: [
      {
        label: 'A second person confirms',
        from: 'INR: above ₹5,000.00',
        to: 'INR: above ₹50,000.00',
      },
    ],
    takesEffectAt: '2026-11-24T12:30:00.000Z',
  },

  email: ({ by, lines, name, takesEffectAt, title }, context) => {
    const texts = inLocale(TEXTS, context.locale)
    const hello = greet(name, context.locale)
    const rows = lines.map(({ from, label, to }): Fact => [label, `${from} → ${to}`])
    const waits =
      takesEffectAt === null
        ? texts.waitsForPerson
        : texts.waitsForTime(formatInstant(takesEffectAt, context))
    return composeEmail({
      subject: texts.subject(title),
      preheader: texts.said(by, title),
      body: [
        heading(texts.subject(title)),
        paragraph(hello),
        paragraph(texts.said(by, title)),
        emailFacts(rows),
        paragraph(waits),
      ],
      text: [hello, '', texts.said(by, title), '', ...factLines(rows), '', waits],
      category: 'security',
      context,
    })
  },
}
