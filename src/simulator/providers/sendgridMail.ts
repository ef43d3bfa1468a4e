/** What we read of the body of a v3 mail send. */
export type SendgridMail = {
  from?: { email?: unknown }
  personalizations: Personalization[]
  subject?: string
  content?: { type: string; value: string }[]
  template_id?: string
  categories?: string[]
  custom_args?: Record<string, string>
  mail_settings?: { sandbox_mode?: { enable?: boolean } }
}
export type Personalization = {
  to: { email: string }[]
  subject?: string
  custom_args?: Record<string, string>
}
