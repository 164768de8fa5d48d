package org.espalier.job;

import java.util.List;
import org.espalier.network.ImageShape;
import org.espalier.network.NetworkSpec;
import org.espalier.network.NetworkSpecs;
import org.espalier.search.cell.space.CellSpaceSettings;
import org.espalier.search.cell.space.GatedSpace;
import org.espalier.search.cell.space.Skeleton;
import org.espalier.settings.Checks;
import org.espalier.settings.Place;
import org.espalier.settings.Range;
import org.espalier.settings.Required;
import org.espalier.settings.SettingException;
import org.espalier.storage.TextFiles;

/** Which network. */
public sealed interface NetworkSettings
    permits NetworkSettings.ReadyMade, NetworkSettings.File, NetworkSettings.Genotype {

  /** The network for images of a shape and a number of classes. */
  NetworkSpec build(ImageShape images, int classes);

  /**
   * A well-known network.
   *
   * @param family which one
   * @param widths output channels of the layers that may vary, in the order in which data pass
   *     them; default the family's usual ones
   */
  record ReadyMade(
      @Required("which network") org.espalier.network.ReadyMade.Family family,
      List<@Range(min = 1, max = org.espalier.network.ReadyMade.WIDEST) Integer> widths)
      implements NetworkSettings {
    public ReadyMade {
      Checks.present("family", family);
      widths = widths == null ? family.usualWidths() : List.copyOf(widths);
      Checks.ranges(ReadyMade.class, family, widths);
      if (widths.size() != family.usualWidths().size()) {
        throw new SettingException(
            "widths",
            "must be %s for this family, usually %s, got %s: %s"
                .formatted(
                    family.usualWidths().size(), family.usualWidths(), widths.size(), widths));
      }
    }

    @Override
    public NetworkSpec build(ImageShape images, int classes) {
      return family.build(images, classes, widths);
    }
  }

  /**
   * A network from a file, such as a run's {@code model/network.json}.
   *
   * @param path JSON, as a URI of any Hadoop file system or a local path
   */
  record File(
      @Required(value = "JSON of a network", example = "runs/train-digits/model/network.json")
          @Place
          String path)
      implements NetworkSettings {
    public File {
      Checks.notBlank("path", path);
    }

    @Override
    public NetworkSpec build(ImageShape images, int classes) {
      return read(path);
    }

    /** The network in a file. */
    public static NetworkSpec read(String path) {
      return NetworkSpecs.fromJson(
          TextFiles.read("network", path, NetworkSpecs.MAX_CHARACTERS), path);
    }
  }

  /**
   * The network of a genotype: of a cell that was found, or of a published one, in any depth and
   * width.
   *
   * @param path JSON as a report hands it out, or a genotype of DARTS as JSON or as Python text; a
   *     URI of any Hadoop file system or a local path
   * @param space of its choices; default the cells of DARTS with the optimised operations
   * @param cells of the network, at least 1; default 8
   * @param channels of its first cells, at least 1; default 16
   */
  record Genotype(
      @Required(value = "choices of a cell", example = "genotype.json") @Place String path,
      CellSpaceSettings space,
      @Range(min = 1, max = 100) Integer cells,
      @Range(min = 1, max = 4096) Integer channels)
      implements NetworkSettings {
    public Genotype {
      Checks.notBlank("path", path);
      space = Checks.given(space, CellSpaceSettings.defaults());
      cells = Checks.given(cells, 8);
      channels = Checks.given(channels, 16);
      Checks.ranges(Genotype.class, path, space, cells, channels);
    }

    @Override
    public NetworkSpec build(ImageShape images, int classes) {
      GatedSpace networks = space.of(new Skeleton(cells, channels, images, classes));
      String text =
          TextFiles.read("genotype", path, org.espalier.search.cell.space.Genotype.MAX_CHARACTERS);
      return networks.network(org.espalier.search.cell.space.Genotype.picks(networks, text, path));
    }
  }
}
