/** A provider's request to the product. */
export type Post = {
  url: string
  headers: Record<string, string>
  /** Absent in a GET. */
  body?: string | undefined
  method?: 'GET' | 'POST'
}

/** Sends the request, and returns the response's status; null without a response. */
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
      // Read to the end, so that the connection can be reused.
      await response.arrayBuffer().catch(() => undefined)
      return response.status
    },
    () => null,
  )
