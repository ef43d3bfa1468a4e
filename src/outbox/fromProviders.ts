import { sql } from '@payloadcms/db-postgres'

/** Which of `inbound_events` are delivery reports; networks' postbacks are among them as well. */
export const FROM_PROVIDERS = sql`source in ('sendgrid', 'twilio', 'msg91')`
