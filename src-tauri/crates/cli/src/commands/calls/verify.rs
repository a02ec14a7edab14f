use crate::exit::Ended;
use crate::printing::{complain, line};
use cueline_calls::{CallFilter, CallOrder, LedgerState, Proof, ProofFault, Store};

pub(super) fn run(store: &Store, call: Option<String>) -> anyhow::Result<Ended> {
    match call {
        Some(id) => one(store, &id),
        None => all(store),
    }
}

/// What became of a ledger, in words.
pub(super) fn ledger(state: &LedgerState) -> String {
    match state {
        LedgerState::Intact { rows } => format!("the ledger is intact ({rows} entries)"),
        LedgerState::Broken { first } => {
            format!("the ledger is broken: entry {first} is not as it was written")
        }
    }
}

fn one(store: &Store, id: &str) -> anyhow::Result<Ended> {
    let state = store.verify(id)?;
    let told = format!("{id}  {}", ledger(&state));
    if matches!(state, LedgerState::Broken { .. }) {
        complain(&told);
        return Ok(Ended::Differs);
    }
    line(&told)?;
    Ok(Ended::Done)
}

fn all(store: &Store) -> anyhow::Result<Ended> {
    let proof = store.verify_all()?;
    let faulty = |id: &str| {
        let named = |fault: &ProofFault| match fault {
            ProofFault::Ledger { call, .. } | ProofFault::Unreadable { call } => call == id,
            _ => false,
        };
        proof.faults.iter().any(named)
    };
    for call in store.list(&CallFilter::default(), CallOrder::Newest, u32::MAX, 0)? {
        if !faulty(&call.id) {
            line(&format!("{}  {}", call.id, ledger(&store.verify(&call.id)?)))?;
        }
    }
    proof.faults.iter().for_each(|fault| complain(&told(fault)));
    chains(&proof)?;
    Ok(if proof.faults.is_empty() { Ended::Done } else { Ended::Differs })
}

fn chains(proof: &Proof) -> anyhow::Result<()> {
    for chain in &proof.chains {
        line(&format!(
            "The chain across the calls of {} has {} seals; the newest is {}",
            chain.machine, chain.seals, chain.hash
        ))?;
    }
    line(&format!("The access log has {} rows", proof.accesses))?;
    if proof.imported > 0 {
        let calls = if proof.imported == 1 { "call was" } else { "calls were" };
        line(&format!(
            "{} {calls} imported: proved since then, and before by their own ledgers alone",
            proof.imported
        ))?;
    }
    if proof.unchained > 0 {
        line(&format!("{} calls ended before there was a chain across calls", proof.unchained))?;
    }
    Ok(())
}

fn told(fault: &ProofFault) -> String {
    match fault {
        ProofFault::Ledger { call, first } => {
            format!("{call}  {}", ledger(&LedgerState::Broken { first: *first }))
        }
        ProofFault::Unreadable { call } => format!("{call}  its rows hold what was never written there"),
        ProofFault::Unsealed { call } => format!("{call}  the chain across calls does not have it"),
        ProofFault::Seal { machine, place } => {
            format!(
                "The chain across the calls of {machine} is broken: seal {place} is not as it was written"
            )
        }
        ProofFault::Gone { call } => format!("{call}  it is gone, and nobody deleted it"),
        ProofFault::Access { machine, place } => {
            format!("The access log of {machine} is broken: row {place} is not as it was written")
        }
        ProofFault::Changed { call } => format!("{call}  its end is not what was sealed"),
    }
}
