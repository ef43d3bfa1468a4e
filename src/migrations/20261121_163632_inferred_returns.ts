import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/**
 * Returns whose order we chose are told from those whose order the network named. Of files that have
 * a column for it nobody can tell any more which of the two it was: theirs stay where they are.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    alter table "network_transactions" add column "is_return_inferred" boolean default false;
    update "network_transactions" r set is_return_inferred = true from "networks" n
    where n.id = r.network_id and r.return_of is not null and r.order_id is null
      and r.click_id is not null and r.commission_minor < 0
      and (n.adapter <> 'csv' or n.settings #>> '{mapping,columns,returnOf}' is null)`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`alter table "network_transactions" drop column "is_return_inferred"`)
}
