import { postFor } from './postFor.ts'

/** Posts to our own API where nothing but success is awaited: null, else in words why not. */
export const postAction = async (url: string, body: object = {}): Promise<string | null> => {
  const posted = await postFor<unknown>(url, body)
  return 'refusal' in posted ? posted.refusal : null
}
