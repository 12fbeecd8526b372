-- Rights, policies, triggers and functions of what 0018 made
-- How many of a membership one subscription may have is staff's to say, as everything of a product is.
grant update (most_units) on public.products to kraftverk_member;
--> statement-breakpoint
grant insert (most_units) on public.products to kraftverk_member;
