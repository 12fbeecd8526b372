-- Rights, policies, triggers and functions of what 0012 made

-- Moves of a plan's version. Staff who move money may leave one subscription where it is.
grant update (obstacle, undo_change_id, undo_obstacle, undo_by, undo_reason) on plan_migration_steps to kraftverk_member;
--> statement-breakpoint
create policy staff_take_back on plan_migration_steps for update to kraftverk_member
  using ((select app.staff_is('owner', 'finance'))) with check ((select app.staff_is('owner', 'finance')));
