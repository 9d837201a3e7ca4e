create table books (
  id integer primary key,
  title text not null
);

-- Two to begin with.
insert into books (title) values ('Hypermedia Systems'), ('A; book');
