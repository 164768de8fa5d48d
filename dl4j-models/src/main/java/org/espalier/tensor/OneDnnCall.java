package org.espalier.tensor;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_set_data_handle;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_execute;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.javacpp.Pointer;

/** A primitive of oneDNN with its arguments, ready to run on other memory each time. */
final class OneDnnCall {
  private final OneDnn context = OneDnn.current();
  private final List<memory> memories = new ArrayList<>();
  private final List<dnnl_memory> handles = new ArrayList<>();
  private final List<Integer> names = new ArrayList<>();
  private final primitive operation;
  private final dnnl_primitive handle;
  private final dnnl_stream stream;
  private dnnl_exec_arg_t arguments;

  OneDnnCall(primitive operation) {
    this.operation = operation;
    this.handle = operation.get();
    this.stream = context.queue().get();
  }

  /** Copies from one memory to another and brings the numbers into its order on the way. */
  static OneDnnCall reorder(memory.desc from, memory.desc to) {
    engine processor = OneDnn.current().processor();
    memory source = new memory(from, processor, (Pointer) null);
    memory target = new memory(to, processor, (Pointer) null);
    return new OneDnnCall(new reorder(source, target))
        .given(DNNL_ARG_FROM, from)
        .given(DNNL_ARG_TO, to);
  }

  /** Declares the next argument of {@link #run}. */
  OneDnnCall given(int name, memory.desc description) {
    memory place = new memory(description, context.processor(), (Pointer) null);
    memories.add(place);
    handles.add(place.get());
    names.add(name);
    return this;
  }

  /**
   * Computes.
   *
   * @param places memory of all arguments, in the order of their declaration
   */
  void run(Pointer... places) {
    if (arguments == null) {
      complete();
    }
    for (int i = 0; i < places.length; i++) {
      OneDnn.check(dnnl_memory_set_data_handle(handles.get(i), places[i]));
    }
    OneDnn.check(dnnl_primitive_execute(handle, stream, names.size(), arguments));
  }

  private void complete() {
    if (operation.isNull()) {
      throw new IllegalStateException("the primitive has been freed");
    }
    arguments = new dnnl_exec_arg_t(names.size());
    for (int i = 0; i < names.size(); i++) {
      arguments.position(i).arg(names.get(i)).memory(handles.get(i));
    }
    arguments.position(0);
  }
}
