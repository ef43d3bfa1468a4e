import { type Template } from '../types.ts'

/** The text by its lines: values are laid on one line each before a template sees them. */
type Data = { subject: string; html: string; lines: string[] }

/** A message that somebody else has written: Payload, or a plugin of an operator. */
export const plainEmail: Template<Data> = {
  name: 'plain-email',
  category: 'security',
  lane: 'otp',
  isSecret: true,
  sample: { subject: 'A message', html: '<p>Hello</p>', lines: ['Hello'] },

  email: ({ html, lines, subject }) => ({ subject, html, text: lines.join('\n') }),
}
