/** What a network's credentials are sealed for: they do not open for another adapter. */
export const credentialsOf = (adapter: string): string => `network:${adapter}`
