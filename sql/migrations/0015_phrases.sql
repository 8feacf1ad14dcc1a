-- What stands side by side, so that a phrase is found as quickly when it is rare and its words are not. Each pair is a
-- number: two pairs may share one, so what is found by them is looked at again.
create function word_pairs(words tsvector) returns integer[] language sql immutable parallel safe as $$
  select coalesce(array_agg(distinct hashtext(word || ' ' || next)), '{}')
  from (
    select array_agg(lexeme order by position) as said from unnest(words) spoken, unnest(spoken.positions) position
  ) line, unnest(said[:array_length(said, 1) - 1], said[2:]) pair (word, next)
  where word <> 'zzbreakzz' and next <> 'zzbreakzz'
$$;

-- Null in rows that were written before: they are found by their words alone until the job has come by.
alter table search_chunks add column pairs integer[];
create index search_chunks_pairs on search_chunks using gin (pairs);
create index search_chunks_unpaired on search_chunks (session_id, chunk) where pairs is null;

-- Here and not in the job, which an older copy of the program may still be doing: it knows nothing of pairs.
create function pair_words() returns trigger language plpgsql as $$
begin
  new.pairs := word_pairs(new.words);
  return new;
end
$$;
create trigger search_chunks_paired before insert or update of words on search_chunks
for each row execute function pair_words();
