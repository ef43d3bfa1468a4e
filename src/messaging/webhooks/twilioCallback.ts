const ID = 'n'

/**
 * The address Twilio reports a message to, with our id in it: the only thing of ours that comes
 * back. Made from the configured address, since behind a proxy a request does not show it, and the
 * signature covers every character.
 */
export const twilioCallback = ({
  notificationId,
  publicUrl,
}: {
  publicUrl: string
  notificationId: string
}): string => {
  const base = publicUrl.replace(/\/+$/, '')
  return `${base}/webhooks/twilio?${ID}=${encodeURIComponent(notificationId)}`
}

/** The notification such an address is about. */
export const notificationIn = (url: string): string | null => new URL(url).searchParams.get(ID)
