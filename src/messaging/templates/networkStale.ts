import { composeEmail } from '../email/composeEmail.ts'
import { emailFacts, type Fact, factLines, heading, paragraph } from '../email/emailParts.ts'
import { formatInstant, inLocale, type Translations } from '../locale.ts'
import { greet } from '../sharedTexts.ts'
import type { Template } from '../types.ts'

/** `since`: the last successful run, or the last time that it reported something new. */
type Data = {
  name?: string | null
  network: string
  kind: 'no-run' | 'no-news'
  since: string
  problem: string | null
}
type Text = {
  subject: (network: string) => string
  said: Record<Data['kind'], (network: string) => string>
  todo: Record<Data['kind'], string>
  since: string
  problem: string
}

const TEXTS: Translations<Text> = {
  en: {
    subject: (network) => `${network} is stale`,
    said: {
      'no-run': (network) => `${network} could not be read for longer than expected.`,
      'no-news': (network) =>
        `${network} is read without problems, but has reported nothing new for a long time.`,
    },
    todo: {
      'no-run':
        'Until it is read again, members see no new cashback from it, and none of its cashback is approved by age.',
      'no-news':
        'Links, click ids or the account may have changed: check whether its own site shows transactions.',
    },
    since: 'Stale since',
    problem: 'Last problem',
  },
  hi: {
    subject: (network) => `${network} से कोई जानकारी नहीं आ रही`,
    said: {
      'no-run': (network) => `${network} को अपेक्षित समय से ज़्यादा देर से पढ़ा नहीं जा सका है।`,
      'no-news': (network) =>
        `${network} बिना किसी समस्या के पढ़ा जा रहा है, पर लंबे समय से उसमें कुछ नया नहीं आया।`,
    },
    todo: {
      'no-run':
        'जब तक इसे फिर से पढ़ा नहीं जाता, सदस्यों को इससे नया कैशबैक नहीं दिखेगा, और इसका कोई कैशबैक समय के आधार पर मंज़ूर नहीं होगा।',
      'no-news':
        'लिंक, क्लिक आईडी या खाता बदल गया हो सकता है: देखें कि उसकी अपनी साइट पर बिक्री दिखती है या नहीं।',
    },
    since: 'कब से',
    problem: 'पिछली समस्या',
  },
}

/** To admins: an active network is stale. */
export const networkStale: Template<Data> = {
  name: 'network-stale',
  category: 'account',
  lane: 'bulk',
  sample: {
    name: 'Asha Rao',
    network: 'Admitad',
    kind: 'no-run',
    since: '2026-11-17T12:30:00.000Z',
    problem: 'api.admitad.com sent no complete response in time',
  },

  email: ({ name, network, kind, since, problem }, context) => {
    const texts = inLocale(TEXTS, context.locale)
    const hello = greet(name, context.locale)
    const [said, todo] = [texts.said[kind], texts.todo[kind]]
    const rows: Fact[] = [
      [texts.since, formatInstant(since, context)],
      ...(problem ? [[texts.problem, problem] as Fact] : []),
    ]
    return composeEmail({
      subject: texts.subject(network),
      preheader: said(network),
      body: [
        heading(texts.subject(network)),
        paragraph(hello),
        paragraph(said(network)),
        emailFacts(rows),
        paragraph(todo),
      ],
      text: [hello, '', said(network), '', ...factLines(rows), '', todo],
      category: 'account',
      context,
    })
  },
}
