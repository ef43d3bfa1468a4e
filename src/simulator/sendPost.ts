/** One request of a provider to the product. */
export type Post = {
  url: string
  headers: Record<string, string>
  /** None in a GET. */
  body?: string | undefined
  method?: 'GET' | 'POST'
}

/** The status that it was answered with; null where nobody did. */
export const sendPost = (
  { body, headers, method = 'POST', url }: Post,
  signal: AbortSignal,
): Promise<number | null> =>
  fetch(url, {
    method,
    headers,
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
    ...(body === undefined ? {} : { body }),
  }).then(
    async (response) => {
      // Read to the end, or the connection could not be used again.
      await response.arrayBuffer().catch(() => undefined)
      return response.status
    },
    () => null,
  )
