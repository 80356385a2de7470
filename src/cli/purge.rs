//! `medvirk purge`: deletes what is about persons and whose time is over.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use crate::actions::open;
use crate::actions::purge::{self, Over, OverCampaign};
use crate::config::Settings;
use crate::ports::Ports;
use crate::store::Db;
use crate::store::audit::COMMAND;

/// Delete what is about persons and whose time is over.
#[derive(Debug, Args)]
pub struct Purge {
    /// Say what would be deleted, delete nothing
    #[arg(long)]
    pub dry_run: bool,
    /// How it is written to stdout
    #[arg(long, value_enum, default_value_t = super::people::Format::Text)]
    pub format: super::people::Format,
}

/// Runs `medvirk purge`.
///
/// # Errors
/// The database is out of reach, or refuses.
pub async fn run(command: &Purge, settings: &Settings, db: &Db, ports: &Ports) -> anyhow::Result<ExitCode> {
    let over = if command.dry_run {
        purge::look(db, ports, settings.keep).await?
    } else {
        let over = purge::purge(db, ports, settings.keep, COMMAND).await?;
        open::finish(db, &settings.keys).await?;
        over
    };
    match command.format {
        super::people::Format::Json => super::say(&as_json(command.dry_run, &over).to_string())?,
        super::people::Format::Text => super::say(&as_text(command.dry_run, &over))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn as_text(dry_run: bool, Over { campaigns, employees, audit }: &Over) -> String {
    let campaign = |OverCampaign { id, name, rows }: &OverCampaign| {
        let rows: Vec<String> = rows.iter().map(|(table, count)| format!("{count} {table}")).collect();
        format!("{id} {name}: {}", rows.join(", "))
    };
    let heading = if dry_run { "Would be deleted:" } else { "Deleted:" };
    let mut lines = vec![heading.to_owned()];
    lines.extend(campaigns.iter().map(campaign));
    lines.push(format!("{employees} employees who have left"));
    lines.push(format!("{audit} entries of the audit log"));
    lines.join("\n")
}

fn as_json(dry_run: bool, Over { campaigns, employees, audit }: &Over) -> serde_json::Value {
    let campaign = |OverCampaign { id, name, rows }: &OverCampaign| {
        let rows: serde_json::Map<_, _> =
            rows.iter().map(|(table, count)| ((*table).to_owned(), json!(count))).collect();
        json!({ "id": id, "name": name, "rows": rows })
    };
    json!({
        "dry_run": dry_run,
        "campaigns": campaigns.iter().map(campaign).collect::<Vec<_>>(),
        "employees": employees,
        "audit": audit,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_is_told_to_people_and_programs() {
        let rows = vec![("responses", 12), ("invitations", 20)];
        let campaign = OverCampaign { id: "c1".to_owned(), name: "Midtveis".to_owned(), rows };
        let over = Over { campaigns: vec![campaign], employees: 3, audit: 0 };
        insta::assert_snapshot!("purge", format!("{}\n---\n{}", as_text(true, &over), as_json(false, &over)));
    }
}
