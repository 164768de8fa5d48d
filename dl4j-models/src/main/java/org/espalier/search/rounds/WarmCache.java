package org.espalier.search.rounds;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.espalier.search.Reusable;

/**
 * One process's idle {@link Reusable} things, by key. A pure cache: whether something is found in
 * it never changes a result. Each thing is lent to one item at a time; the longest idle is closed
 * when there are too many.
 */
public final class WarmCache implements AutoCloseable {
  private final int capacity;
  private final ArrayDeque<Entry> idle = new ArrayDeque<>();

  private record Entry(String key, Reusable thing) {}

  /**
   * An empty cache.
   *
   * @param capacity idle things kept, at least 0
   */
  public WarmCache(int capacity) {
    if (capacity < 0) {
      throw new IllegalArgumentException("capacity must be at least 0, got " + capacity);
    }
    this.capacity = capacity;
  }

  /** Lends an idle thing of this key and type, or a new one. */
  <T extends Reusable> T take(String key, Class<T> type, Supplier<T> create) {
    synchronized (this) {
      for (Iterator<Entry> entries = idle.descendingIterator(); entries.hasNext(); ) {
        Entry entry = entries.next();
        if (entry.key().equals(key) && type.isInstance(entry.thing())) {
          entries.remove();
          return type.cast(entry.thing());
        }
      }
    }
    return create.get();
  }

  /** Takes a thing back. */
  void giveBack(String key, Reusable thing) {
    List<Entry> surplus = new ArrayList<>();
    synchronized (this) {
      idle.addLast(new Entry(key, thing));
      while (idle.size() > capacity) {
        surplus.add(idle.removeFirst());
      }
    }
    surplus.forEach(entry -> entry.thing().close());
  }

  /** Spoils everything idle. */
  public synchronized void spoil() {
    idle.forEach(entry -> entry.thing().spoil());
  }

  /** Idle things. */
  public synchronized int size() {
    return idle.size();
  }

  /** Closes everything idle. */
  @Override
  public synchronized void close() {
    idle.forEach(entry -> entry.thing().close());
    idle.clear();
  }
}
