import { composeEmail } from '../email/composeEmail.ts'
import { bullets, emailButton, emailLinkHint, heading, paragraph } from '../email/emailParts.ts'
import { inLocale, type Translations } from '../locale.ts'
import { memberPages } from '../memberPages.ts'
import { greet, sharedTexts } from '../sharedTexts.ts'
import type { Template } from '../types.ts'

/** `verificationToken` is present while the address is not confirmed. */
type Data = { name?: string | null; verificationToken?: string | null }
type Text = {
  subject: (brand: string) => string
  preview: string
  ready: string
  benefits: string[]
  confirm: string
  confirmButton: string
}

const TEXTS: Translations<Text> = {
  en: {
    subject: (brand) => `Welcome to ${brand}`,
    preview: 'Cashback when you shop, commission when your friends do.',
    ready: 'Your account is ready. With it you get:',
    benefits: [
      'Cashback: shop through our links, and a share of what the merchant pays us is yours.',
      'Commission: invite your friends, and earn when they order.',
      'Withdrawals: take your money out to UPI, a bank account, a gift card or PayPal.',
    ],
    confirm: 'Please confirm your e-mail address first.',
    confirmButton: 'Confirm e-mail address',
  },
  hi: {
    subject: (brand) => `${brand} में आपका स्वागत है`,
    preview: 'आपकी ख़रीदारी पर कैशबैक, दोस्तों की ख़रीदारी पर कमीशन।',
    ready: 'आपका खाता तैयार है। इसमें आपको मिलता है:',
    benefits: [
      'कैशबैक: हमारे लिंक से ख़रीदारी करें; दुकान हमें जो देती है, उसका एक हिस्सा आपका है।',
      'कमीशन: दोस्तों को बुलाएँ और उनके ऑर्डर पर कमाएँ।',
      'निकासी: अपने पैसे UPI, बैंक खाते, गिफ़्ट कार्ड या PayPal में लें।',
    ],
    confirm: 'कृपया पहले अपने ईमेल पते की पुष्टि करें।',
    confirmButton: 'ईमेल पते की पुष्टि करें',
  },
}

/** Secret because of its token, which confirms the address for anyone who has it. */
export const welcome: Template<Data> = {
  name: 'welcome',
  category: 'account',
  lane: 'bulk',
  isSecret: true,
  carriesSecret: ({ verificationToken }) => Boolean(verificationToken),
  sample: { name: 'Asha Rao', verificationToken: 'q3Zt8Rr0Vn2xK1sYpLw7' },

  email: ({ name, verificationToken }, context) => {
    const texts = inLocale(TEXTS, context.locale)
    const { viewWallet } = sharedTexts(context.locale)
    const subject = texts.subject(context.brand)
    const hello = greet(name, context.locale)
    const button = verificationToken
      ? {
          label: texts.confirmButton,
          url: context.link(memberPages.verifyEmail(verificationToken)),
        }
      : { label: viewWallet, url: context.link(memberPages.wallet()) }
    const confirmation = verificationToken ? [texts.confirm] : []
    return composeEmail({
      subject,
      preheader: texts.preview,
      body: [
        heading(subject),
        paragraph(hello),
        paragraph(texts.ready),
        bullets(texts.benefits),
        ...confirmation.map(paragraph),
        emailButton(button),
        emailLinkHint({ url: button.url, locale: context.locale }),
      ],
      text: [
        hello,
        '',
        texts.ready,
        ...texts.benefits.map((benefit) => `- ${benefit}`),
        '',
        ...confirmation,
        `${button.label}:`,
        button.url,
      ],
      category: 'account',
      context,
    })
  },
}
