import { composeEmail } from '../composeEmail.ts'
import { emailFacts, type Fact, factLines } from '../emailFacts.ts'
import { heading, paragraph } from '../emailParts.ts'
import { formatInstant } from '../formatInstant.ts'
import { inLocale, type Words } from '../inLocale.ts'
import { greetingOf } from '../sharedWords.ts'
import { type Template } from '../types.ts'

/** `since`: the last good run, or the last time that it told something new. */
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

const WORDS: Words<Text> = {
  en: {
    subject: (network) => `${network} is silent`,
    said: {
      'no-run': (network) => `${network} could not be read for longer than expected.`,
      'no-news': (network) =>
        `${network} is read without problems, and has told nothing new for a long time.`,
    },
    todo: {
      'no-run':
        'Members see no new cashback from it, and none of its cashback is approved by age, until it is read again.',
      'no-news':
        'Links, click ids or the account may have changed: see whether its own site shows sales.',
    },
    since: 'Silent since',
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

/** To admins: a network that is on tells nothing. */
export const networkSilent: Template<Data> = {
  name: 'network-silent',
  category: 'account',
  lane: 'bulk',
  sample: {
    name: 'Asha Rao',
    network: 'Admitad',
    kind: 'no-run',
    since: '2026-11-17T12:30:00.000Z',
    problem: 'api.admitad.com gave no complete answer in time',
  },

  email: ({ name, network, kind, since, problem }, context) => {
    const words = inLocale(WORDS, context.locale)
    const hello = greetingOf(name, context.locale)
    const [said, todo] = [words.said[kind], words.todo[kind]]
    const rows: Fact[] = [
      [words.since, formatInstant(since, context)],
      ...(problem ? [[words.problem, problem] as Fact] : []),
    ]
    return composeEmail({
      subject: words.subject(network),
      preheader: said(network),
      body: [
        heading(words.subject(network)),
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
