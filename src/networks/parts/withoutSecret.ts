/** A postback's fields without the word that proves its sender, which is not to be kept. */
export const withoutSecret = (fields: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !SECRETS.has(name.toLowerCase())))

const SECRETS = new Set(['token', 'secret', 'key', 'signature'])
