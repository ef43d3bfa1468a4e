'use client'
import { SetDocumentStepNav, useConfig, useDocumentInfo } from '@payloadcms/ui'

/** The way to an own tab of a document, as Payload writes that of its own tabs. */
export const TabStepNav = ({ tab }: { tab: string }) => {
  const { collectionSlug, id } = useDocumentInfo()
  const { getEntityConfig } = useConfig()
  const collection = collectionSlug ? getEntityConfig({ collectionSlug }) : null
  return (
    <SetDocumentStepNav
      collectionSlug={collectionSlug}
      id={id}
      pluralLabel={collection?.labels.plural}
      useAsTitle={collection?.admin.useAsTitle}
      view={tab}
    />
  )
}
