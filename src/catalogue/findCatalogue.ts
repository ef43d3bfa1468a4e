import type { Payload } from 'payload'

export type CatalogueOptions = {
  /** Where the members' own pages are. */
  siteUrl: string
}

/** Returns the options that the catalogue plugin keeps in the configuration. */
export const findCatalogue = (payload: Payload): CatalogueOptions =>
  payload.config.custom.catalogue as CatalogueOptions
