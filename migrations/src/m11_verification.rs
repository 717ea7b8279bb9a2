//! Looking contracts up from outside: by the short code on their pages, and by the SHA-256 of their file. Beside the
//! code stands the evidence for programs, which is stored with the document.

use crate::columns::{code, drop_all, id, index, maybe_id, reference, table};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const BY_HASH: &str = "ix_documents_sha256";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // The code follows from the contract's id by a rule that SQL does not know: the start fills in what is missing.
        let columns = vec![code("code"), id("contract_id"), maybe_id("evidence_id")];
        let mut codes = table("verification_codes", &["code"], columns);
        reference(&mut codes, "contract_id", "contracts");
        reference(&mut codes, "evidence_id", "documents");
        m.create_table(codes).await?;
        m.create_index(index("verification_codes", &["contract_id"], true)).await?;
        m.create_index(index("documents", &["sha256"], false)).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_index(Index::drop().name(BY_HASH).table(Alias::new("documents")).to_owned()).await?;
        drop_all(m, &["verification_codes"]).await
    }
}
