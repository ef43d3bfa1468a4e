'use client'
import { SetDocumentStepNav, useConfig, useDocumentInfo } from '@payloadcms/ui'

/** The breadcrumb of our own tab of a document, like those of Payload's tabs. */
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
