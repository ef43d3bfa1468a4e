import type { Template } from '../types.ts'

/** The text as separate lines, because each value is put on one line before a template gets it. */
type Data = { subject: string; html: string; lines: string[] }

/** A message that Payload, or an operator's plugin, has written. */
export const plainEmail: Template<Data> = {
  name: 'plain-email',
  category: 'security',
  lane: 'otp',
  isSecret: true,
  sample: { subject: 'A message', html: '<p>Hello</p>', lines: ['Hello'] },

  email: ({ html, lines, subject }) => ({ subject, html, text: lines.join('\n') }),
}
