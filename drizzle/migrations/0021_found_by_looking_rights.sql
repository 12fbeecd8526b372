-- Rights, policies, triggers and functions of what 0020 made
-- As in 0007, and now also that the posting and the accounts of all lines are there, which foreign keys said before. It looks at the
-- lines that were added and at nothing written earlier: they are all that their posting has when they are as many as it says and stand at
-- the places from nought on, of which each is taken once.
create or replace function app.check_ledger_entries() returns trigger language plpgsql
  set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_material = off as $$
declare wrong text;
begin
  select whole.posting_id into wrong
  from (
    select of_one.posting_id, sum(of_one.lines) lines, min(of_one.first) first, max(of_one.last) last,
      bool_and(of_one.total = 0) balanced, bool_and(of_one.in_place) in_place
    from (
      select e.posting_id, count(*) lines, min(e.position) first, max(e.position) last, sum(e.amount) total,
        bool_and(e.currency is not distinct from (select a.currency from ledger_accounts a where a.id = e.account_id)) in_place
      from added e group by e.posting_id, e.currency
    ) of_one group by of_one.posting_id
  ) whole
  where (whole.balanced and whole.in_place and whole.first = 0 and whole.last = whole.lines - 1
    and whole.lines = (select p.entry_count from ledger_postings p where p.id = whole.posting_id)) is not true
  limit 1;
  if found then
    raise exception 'posting % does not balance, line for line and currency for currency', wrong using errcode = 'check_violation', constraint = 'ledger_entries_balance';
  end if;
  return null;
end $$;
