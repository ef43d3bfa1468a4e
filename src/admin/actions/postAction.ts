import { postToApi } from './postToApi.ts'

/** Posts to our own API. Returns null on success, else the reason of the refusal as text. */
export const postAction = async (url: string, body: object = {}): Promise<string | null> => {
  const posted = await postToApi<unknown>(url, body)
  return 'refusal' in posted ? posted.refusal : null
}
