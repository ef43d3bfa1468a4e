/** Calls the product as a front end or a payment processor does. @throws Error on a refusal */
export const api =
  (baseUrl: string) =>
  async <Answer>(
    method: 'GET' | 'POST' | 'PATCH',
    path: string,
    { authorization, body }: { authorization?: string; body?: unknown } = {},
  ): Promise<Answer> => {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        'Content-Type': 'application/json',
        ...(authorization ? { Authorization: authorization } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
    return JSON.parse(text) as Answer
  }
