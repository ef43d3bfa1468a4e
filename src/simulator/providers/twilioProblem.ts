type Problem = [status: number, code: number, message: string]

/** The first thing Twilio would refuse a message for; null where it takes it. */
export const twilioProblem = (form: Record<string, string>): Problem | null => {
  const { Body: body = '', From: from, StatusCallback: callback, To: to } = form
  if (!to) return [400, 21604, "A 'To' phone number is required."]
  if (!from && !form.MessagingServiceSid) return [400, 21603, "A 'From' phone number is required."]
  if (!body && !form.MediaUrl && !form.ContentSid) return [400, 21602, 'Message body is required.']
  const magic = MAGIC_TO[to] ?? MAGIC_FROM[from ?? '']
  if (magic) return magic
  if (!/^\+[1-9]\d{7,14}$/.test(to)) return [400, 21211, "Invalid 'To' Phone Number"]
  if (body.length > 1600) {
    return [400, 21617, 'The concatenated message body exceeds the 1600 character limit']
  }
  if (callback && !URL.canParse(callback)) {
    return [400, 21609, `The StatusCallback URL ${callback} is not a valid URL.`]
  }
  return null
}

/** Numbers that mean an error: https://www.twilio.com/docs/iam/test-credentials */
const MAGIC_FROM: Record<string, Problem> = {
  '+15005550001': [400, 21212, "Invalid 'From' Phone Number"],
  '+15005550007': [400, 21606, "The 'From' phone number is not owned by your account"],
  '+15005550008': [
    429,
    21611,
    "This 'From' number has exceeded the maximum number of queued messages",
  ],
}
const MAGIC_TO: Record<string, Problem> = {
  '+15005550001': [400, 21211, "Invalid 'To' Phone Number"],
  '+15005550002': [
    400,
    21612,
    "Message cannot be sent with the current combination of 'To' and 'From'",
  ],
  '+15005550003': [400, 21408, 'Permission to send an SMS has not been enabled for the region'],
  '+15005550004': [400, 21610, 'Attempt to send to unsubscribed recipient'],
  '+15005550009': [400, 21614, "'To' number is not a valid mobile number"],
}
